// Loaded into the server by the launcher: when the launcher dies, even by SIGKILL, the channel to it closes and we end in order.
import process from 'node:process';

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
