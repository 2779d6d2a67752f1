using System.Globalization;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles a call with up to 1000 addresses, of which each is validated on its own. Pure.</summary>
internal static class ContactList
{
    /// <summary>The code of an invalid entry. CleverTap's code is not known.</summary>
    private const int InvalidEntry = 400;

    /// <summary>Reads the entries of a request, applies the valid ones and creates the response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads an entry; returns null if it is invalid.</param>
    /// <param name="apply">Receives the valid entries.</param>
    public static EmulatorResponse Handle<T>(EmulatorRequest request, Func<JsonSlice, T?> read, Action<List<T>> apply)
        where T : class
    {
        if (JsonBody.ReadEntries(request) is not { } entries)
        {
            return EmulatorResponse.Malformed;
        }

        if (entries.Count > CleverTapRules.RecordsPerUpload)
        {
            return EmulatorResponse.Failure(400, $"More than {CleverTapRules.RecordsPerUpload} entries in one request") with
            {
                RecordCount = entries.Count,
            };
        }

        List<T> accepted = new(entries.Count);
        List<UnprocessedEntry> unprocessed = [];
        for (int i = 0; i < entries.Count; i++)
        {
            if (read(entries[i]) is { } entry)
            {
                accepted.Add(entry);
            }
            else
            {
                unprocessed.Add(new UnprocessedEntry(InvalidEntry, FormatError(i + 1), entries[i].Raw));
            }
        }

        apply(accepted);
        return new EmulatorResponse(200, UploadResponseBody.Write(accepted.Count, unprocessed)) { RecordCount = entries.Count };
    }

    private static string FormatError(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Type, value or status is not valid. Skipped record number : {number}");
}
