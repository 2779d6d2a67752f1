namespace CleverTap.Rudder.Tool;

internal static class Program
{
    public static Task<int> Main(string[] args) => ToolCommand.RunAsync(args);
}
