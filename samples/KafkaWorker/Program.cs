using KafkaWorker;

return await KafkaWorkerCommand.RunAsync(args);
