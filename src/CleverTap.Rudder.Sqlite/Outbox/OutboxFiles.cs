namespace CleverTap.Rudder;

/// <summary>The files of an outbox on the disk.</summary>
/// <param name="path">The full path of the database.</param>
internal sealed class OutboxFiles(string path)
{
    /// <summary>Settling an event needs some room, though it removes the event.</summary>
    private const long MinFreeBytes = 1024 * 1024;

    private readonly string wal = path + "-wal";
    private bool hadWal;

    public string Path => path;

    /// <summary>Checks that the open files can still be found: what is written to a deleted file is lost when it is closed.</summary>
    /// <exception cref="SqliteOutboxException">They were deleted or moved.</exception>
    public void CheckPresent()
    {
        if (!File.Exists(path))
        {
            throw OutboxErrors.Missing(path);
        }

        bool hasWal = File.Exists(wal);
        if (hadWal && !hasWal)
        {
            throw OutboxErrors.Missing(wal);
        }

        hadWal = hasWal;
    }

    /// <summary>Checks that outcomes can be noted: otherwise events would be delivered again and again.</summary>
    /// <exception cref="SqliteOutboxException">The disk is full.</exception>
    public void CheckFreeSpace()
    {
        if (FreeBytes() < MinFreeBytes)
        {
            throw OutboxErrors.DiskFull(path, null);
        }
    }

    /// <summary>Free bytes on the disk, or <see cref="long.MaxValue"/> if unknown.</summary>
    private long FreeBytes()
    {
        try
        {
            return new DriveInfo(System.IO.Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
