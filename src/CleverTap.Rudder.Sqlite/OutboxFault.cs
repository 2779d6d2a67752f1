namespace CleverTap.Rudder;

/// <summary>Why the file of an outbox cannot be used.</summary>
public enum OutboxFault
{
    /// <summary>Another process, or another outbox of this process, has the file open.</summary>
    InUse,

    /// <summary>The file is not a SQLite database, or it or a dead letter in it is damaged.</summary>
    Corrupt,

    /// <summary>The disk is full. The failed operation wrote nothing.</summary>
    DiskFull,

    /// <summary>The file or its folder is read-only.</summary>
    ReadOnly,

    /// <summary>The file cannot be opened: the folder is missing, or access is denied.</summary>
    CannotOpen,

    /// <summary>The file is a SQLite database of another program, or of another version of this package.</summary>
    Foreign,

    /// <summary>The disk or SQLite failed in another way.</summary>
    Failed,

    /// <summary>The file, or its <c>-wal</c> file, was deleted or moved while the outbox was open.</summary>
    Missing,
}
