# Relance's server and worker. `docker compose up` starts both with what they need.
FROM node:20-slim AS build
WORKDIR /relance
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts
COPY tsconfig.json tsconfig.build.json ./
COPY cadence cadence
COPY workflows workflows
COPY activities activities
COPY worker worker
COPY client client
COPY store store
# `npm ci` builds dist/, the workflow bundle included (the `prepare` script).
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production RELANCE_HOME=/data
WORKDIR /relance
COPY --from=build /relance/node_modules node_modules
COPY --from=build /relance/dist dist
COPY package.json ./
COPY examples examples
RUN ln -s /relance/dist/client/cli/main.js /usr/local/bin/relance && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 7373
ENTRYPOINT ["relance"]
CMD ["up"]
