"""Pictures of an account: view records here, their SVG in `template/parts/pictures.html.j2`."""
