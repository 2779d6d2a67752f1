using CleverTap.Rudder.Tool;

return await ToolCommand.RunAsync(args);
