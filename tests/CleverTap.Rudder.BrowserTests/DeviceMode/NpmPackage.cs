using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>A package of the npm registry with a fixed version and hash. It is downloaded once and cached beside the tests.</summary>
/// <param name="Name">The name of the package.</param>
/// <param name="Version">The version.</param>
/// <param name="Sha512">The hash, which the registry calls integrity.</param>
internal sealed record NpmPackage(string Name, string Version, string Sha512)
{
    public static readonly NpmPackage CleverTapWebSdk = new(
        "clevertap-web-sdk",
        "2.5.2",
        "3zw6W604CQDpn3/v78YcSc9tq6YDGKceEWdDbYVsgJavXLZpHcCaoQJsU/hFXFvT4+63/t0ltel5EvRlhxrl3Q=="
    );

    /// <summary>The library that the SDK compresses its requests with.</summary>
    public static readonly NpmPackage LzString = new(
        "lz-string",
        "1.5.0",
        "h5bgJWpxJNswbU7qCrV0tIKQCaS3blPDrqKWx+QxzuzL1zGUzij9XCWLrSLsJPu5t+eWA/ycetzYAO5IOMcWAQ=="
    );

    private static readonly SemaphoreSlim DownloadLock = new(1);

    /// <summary>Reads a file of the package, or ignores the calling test if the registry cannot be reached.</summary>
    public async Task<byte[]> ReadAsync(string file)
    {
        using var package = new MemoryStream(await FetchAsync());
        await using var unzipped = new GZipStream(package, CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name != $"package/{file}")
            {
                continue;
            }

            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content);
            return content.ToArray();
        }

        throw new FileNotFoundException($"{Name} {Version} has no {file}");
    }

    private async Task<byte[]> FetchAsync()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "npm", $"{Name}-{Version}.tgz");
        await DownloadLock.WaitAsync();
        try
        {
            if (File.Exists(path) && await File.ReadAllBytesAsync(path) is { } cached && HasExpectedHash(cached))
            {
                return cached;
            }

            byte[] downloaded = await DownloadAsync();
            if (!HasExpectedHash(downloaded))
            {
                throw new InvalidDataException($"{Name} {Version} does not have the expected hash");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, downloaded);
            return downloaded;
        }
        finally
        {
            DownloadLock.Release();
        }
    }

    private async Task<byte[]> DownloadAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        try
        {
            return await http.GetByteArrayAsync(new Uri($"https://registry.npmjs.org/{Name}/-/{Name}-{Version}.tgz"));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Assert.Ignore($"{Name} {Version} cannot be downloaded from registry.npmjs.org: {exception.Message}");
            throw;
        }
    }

    private bool HasExpectedHash(byte[] package) => Convert.ToBase64String(SHA512.HashData(package)) == Sha512;
}
