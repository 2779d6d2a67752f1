namespace Quickstart;

/// <summary>How a text is meant; a terminal shows it in colour.</summary>
internal enum Tone
{
    Plain,
    Quiet,
    Strong,
    Good,
    Doubtful,
    Bad,
}
