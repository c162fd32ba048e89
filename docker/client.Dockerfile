# The client behind a reverse proxy with TLS. The client's files come from the server, with the security headers that all
# its answers have; this is the proxy in front, which ends TLS and hands everything on.
FROM caddy:2-alpine
COPY docker/proxy/Caddyfile /etc/caddy/Caddyfile
EXPOSE 443 80
