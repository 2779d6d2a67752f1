using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>The files of an outbox on the disk.</summary>
/// <param name="path">The path of the database, as far as it is known before it is open.</param>
internal sealed class OutboxFiles(string path)
{
    /// <summary>Settling an event needs some room, though it removes the event.</summary>
    private const long MinFreeBytes = 1024 * 1024;

    private bool hadWal;

    /// <summary>The path of the database; once it is open, the one that SQLite uses.</summary>
    public string Path { get; set; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// Creates the file so that no other user of the system may read it; SQLite gives its <c>-wal</c> and <c>-shm</c> files the same mode.
    /// A file that is there keeps its mode, and SQLite explains what keeps one from being created.
    /// </summary>
    public static void CreatePrivate(SqliteConnectionStringBuilder connection)
    {
        bool isUri = connection.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (OperatingSystem.IsWindows() || isUri || connection.Mode != SqliteOpenMode.ReadWriteCreate)
        {
            return;
        }

        try
        {
            string folder = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? "";
            using var created = new FileStream(
                System.IO.Path.Combine(folder, connection.DataSource),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // It is there already, or SQLite fails as well and says why.
        }
    }

    /// <summary>Checks that the open files can still be found: what is written to a deleted file is lost when it is closed.</summary>
    /// <exception cref="SqliteOutboxException">They were deleted or moved.</exception>
    public void CheckFilesExist()
    {
        if (!File.Exists(Path))
        {
            throw OutboxErrors.Missing(Path);
        }

        string wal = $"{Path}-wal";
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
            throw OutboxErrors.DiskFull(Path, null);
        }
    }

    /// <summary>Free bytes on the disk, or <see cref="long.MaxValue"/> if unknown.</summary>
    private long FreeBytes()
    {
        try
        {
            return new DriveInfo(System.IO.Path.GetDirectoryName(Path)!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
