# The client's files, which the server gives out.
FROM node:24-bookworm-slim AS client
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

# The server: HTTP API, signalling, records, the client's files. It never touches media.
FROM node:24-bookworm-slim
WORKDIR /commonsight
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY types/package.json types/
COPY types/verify/package.json types/verify/
COPY server/package.json server/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter @commonsight/server...
COPY types types
COPY server server
COPY --from=client /commonsight/client/dist /commonsight/client
RUN install -d -o node -g node /data
USER node
ENV HOST=0.0.0.0 PORT=8080 DATA_DIR=/data CLIENT_DIR=/commonsight/client
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
