module.exports = async function stopPostgres() {
  await globalThis.ownershipTestPostgres?.stop();
};
