using Quickstart;

return await QuickstartCommand.RunAsync(args);
