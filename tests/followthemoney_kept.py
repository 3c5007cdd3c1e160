"""Run by the Python that has followthemoney: entities in, what the model keeps of them out, a line each."""

import json
import sys

from followthemoney import model

for line in sys.stdin:
    entity = json.loads(line)
    proxy = model.get_proxy(entity, cleaned=False)
    proxy.schema.validate(entity)
    print(json.dumps(proxy.to_dict()))
