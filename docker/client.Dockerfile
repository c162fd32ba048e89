# The client's files behind the reverse proxy that ends TLS and hands the API and the sockets to the server.
FROM node:24-bookworm-slim AS build
WORKDIR /commonsight
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY types/package.json types/
COPY types/verify/package.json types/verify/
COPY client/package.json client/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --filter @commonsight/client...
COPY tsconfig.base.json ./
COPY types types
COPY client client
RUN npx --yes pnpm@12.21.0 --config.verify-deps-before-run=false --filter @commonsight/client run build

FROM caddy:2-alpine
COPY docker/proxy/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /commonsight/client/dist /srv/client
EXPOSE 443 80
