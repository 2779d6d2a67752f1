namespace Quickstart;

/// <summary>Where the report goes: a terminal, or a pipe or file.</summary>
internal interface IPrinter : IDisposable
{
    /// <summary>How many rows of one run a reader wants to see; the rest only where something is wrong with it.</summary>
    long MaxRows { get; }

    void Heading(string text);

    void Line(string text, Tone tone = Tone.Plain);

    void Rows(Sheet sheet, IReadOnlyList<Cell[]> rows);

    /// <summary>Lets the reader see what was printed so far.</summary>
    void Flush();
}
