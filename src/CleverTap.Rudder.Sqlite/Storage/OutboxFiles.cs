using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>Creates and checks the files of an outbox.</summary>
/// <param name="path">The path of the database as configured.</param>
internal sealed class OutboxFiles(string path)
{
    /// <summary>Settling an event needs some free space, because the write-ahead log grows.</summary>
    private const long MinFreeBytes = 1024 * 1024;

    private bool hadWal;

    /// <summary>The full path of the database; when it is open, the path that SQLite uses.</summary>
    public string Path { get; set; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// Creates the file with mode 0600 on Unix; SQLite gives its <c>-wal</c> and <c>-shm</c> files the same mode. An existing file keeps
    /// its mode. Errors are ignored here, because SQLite then reports them.
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
            // The file exists, or SQLite fails too and reports the reason.
        }
    }

    /// <summary>Checks that the open files still exist: data in a deleted file is lost when the file is closed.</summary>
    /// <exception cref="SqliteOutboxException">A file was deleted or moved.</exception>
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

    /// <summary>
    /// Checks that outcomes can be written. Without that check, a full disk would deliver the same events again and again.
    /// </summary>
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
