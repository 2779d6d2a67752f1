namespace CleverTap.Rudder;

/// <summary>Why an outbox's file cannot be used.</summary>
public enum OutboxFault
{
    /// <summary>Another process, or another outbox of this one, has it.</summary>
    InUse,

    /// <summary>It is no SQLite database, or a damaged one, or a dead letter in it is damaged.</summary>
    Corrupt,

    /// <summary>The disk is full. Nothing of what was to be written was written.</summary>
    DiskFull,

    /// <summary>It, or its folder, may not be written to.</summary>
    ReadOnly,

    /// <summary>It cannot be opened: the folder is missing, or access is denied.</summary>
    CannotOpen,

    /// <summary>It is a SQLite database of something else, or of another version of this package.</summary>
    Foreign,

    /// <summary>The disk or SQLite failed in another way.</summary>
    Failed,

    /// <summary>The file, or the <c>-wal</c> file beside it, was deleted or moved while the outbox was open.</summary>
    Missing,
}
