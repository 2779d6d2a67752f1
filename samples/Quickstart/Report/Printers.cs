using System.Text;
using Spectre.Console;

namespace Quickstart;

/// <summary>Chooses by where standard output leads.</summary>
internal static class Printers
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static IPrinter ForStandardOutput()
    {
        if (Console.IsOutputRedirected)
        {
            return new PlainPrinter(new StreamWriter(Console.OpenStandardOutput(), Utf8, bufferSize: 64 * 1024));
        }

        Console.OutputEncoding = Utf8;
        return new TerminalPrinter(AnsiConsole.Console);
    }
}
