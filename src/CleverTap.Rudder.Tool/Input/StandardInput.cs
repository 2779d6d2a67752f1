using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Input;

/// <summary>Opens standard input.</summary>
internal static class StandardInput
{
    private const string DescriptorInfo = "/proc/self/fdinfo/0";
    private const string FlagsLabel = "flags:";
    private const int CloseOnExec = 0x80000;

    /// <exception cref="WrongUsageException">Standard input is closed, as with <c>&lt;&amp;-</c> in a shell.</exception>
    public static Stream Open() =>
        IsClosed()
            ? throw new WrongUsageException("Standard input is closed: name a file, or pipe the events to the command")
            : Console.OpenStandardInput();

    /// <summary>Whether the process was started without standard input.</summary>
    /// <remarks>
    /// The runtime then uses descriptor 0 for a pipe of its own, from which a read never returns. Descriptors of the runtime are closed on
    /// exec; an inherited one cannot be. Only Linux lists the flags of a descriptor in a file.
    /// </remarks>
    private static bool IsClosed()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(DescriptorInfo))
        {
            return false;
        }

        string? flags = File.ReadLines(DescriptorInfo).FirstOrDefault(line => line.StartsWith(FlagsLabel, StringComparison.Ordinal));
        return flags is not null && (Convert.ToInt32(flags[FlagsLabel.Length..].Trim(), 8) & CloseOnExec) != 0;
    }
}
