using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>
/// Handles a read of many records: the first request has a query and returns a cursor, and each further request has a cursor and returns
/// a page and the cursor of the next one (CleverTap docs, get events API and get user profiles API).
/// </summary>
internal static class PagedRead
{
    /// <summary>Handles a request of a read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="open">Opens a read and returns the cursor of its first page.</param>
    /// <param name="readPage">Reads a page; returns null if the cursor is not valid.</param>
    /// <param name="writePage">Writes the body of the response.</param>
    public static EmulatorResponse Handle(
        EmulatorRequest request,
        Func<ReadQuery, string> open,
        Func<string, ReadPage?> readPage,
        Func<ReadPage, ReadOnlyMemory<byte>> writePage
    )
    {
        if (request.Query("cursor") is not { } cursor)
        {
            ParsedQuery parsed = ParsedQuery.Parse(request);
            return parsed.Query is { } query
                ? new EmulatorResponse(200, ReadResponseBody.WriteCursor(open(query)))
                : EmulatorResponse.Failure(400, parsed.Error);
        }

        return readPage(cursor) is { } page
            ? new EmulatorResponse(200, writePage(page)) { RecordCount = page.Records.Count }
            : EmulatorResponse.Failure(400, "Invalid cursor: it is unknown or has expired; repeat the first request");
    }
}
