using Microsoft.Win32.SafeHandles;

namespace CleverTap.Rudder.Tool.Output;

/// <summary>Opens standard output.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>Opens standard output so that writing to a closed pipe fails. The console's stream ignores it.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        // A file needs the console's stream, which moves the position that other processes share.
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
