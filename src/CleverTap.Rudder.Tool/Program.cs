using CleverTap.Rudder.Tool.CommandLine;

return await ToolCommand.RunAsync(args);
