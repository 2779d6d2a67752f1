using System.Globalization;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>The addresses of a call that is about addresses: up to 1000 entries, each judged by itself. Pure.</summary>
internal static class ContactList
{
    /// <summary>CleverTap's code for such an entry is not known.</summary>
    private const int InvalidEntry = 400;

    /// <param name="request">The call.</param>
    /// <param name="read">An entry's meaning; null where it has none.</param>
    /// <param name="carryOut">Gets the good ones.</param>
    public static EmulatorResponse Handle<T>(EmulatorRequest request, Func<JsonSlice, T?> read, Action<List<T>> carryOut)
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
            if (read(entries[i]) is { } meaning)
            {
                accepted.Add(meaning);
            }
            else
            {
                unprocessed.Add(new UnprocessedEntry(InvalidEntry, Error(i + 1), entries[i].Raw));
            }
        }

        carryOut(accepted);
        return new EmulatorResponse(200, UploadResponseBody.Write(accepted.Count, unprocessed)) { RecordCount = entries.Count };
    }

    private static string Error(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Type, value or status is not valid. Skipped record number : {number}");
}
