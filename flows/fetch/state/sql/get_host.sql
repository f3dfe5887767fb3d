select * from host where host = :host
