# n8n with the nodes package inside. Build folder: deploy/, after `npm run pack`.
# No volume may lie over /home/node/.n8n: it would hide the package. With a database of its own and
# N8N_ENCRYPTION_KEY set, n8n needs none.
FROM docker.n8n.io/n8nio/n8n:2.40.7
WORKDIR /home/node/.n8n/nodes
COPY --chown=node:node packages/n8n-nodes-artificer.tgz ./
RUN npm install --omit=dev --omit=peer --omit=optional --ignore-scripts --no-audit --no-fund ./n8n-nodes-artificer.tgz
WORKDIR /home/node
COPY --chown=node:node images/http-health.mjs ./
