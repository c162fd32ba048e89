# The server: HTTP API, signalling, records. It never touches media.
FROM node:24-bookworm-slim
WORKDIR /commonsight
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY types/package.json types/
COPY types/verify/package.json types/verify/
COPY server/package.json server/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter @commonsight/server...
COPY types types
COPY server server
RUN install -d -o node -g node /data
USER node
ENV HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
