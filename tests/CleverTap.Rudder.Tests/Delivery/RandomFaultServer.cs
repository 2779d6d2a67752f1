using System.Net;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>
/// A CleverTap that answers as its mood takes it, and remembers exactly what it stored. Records of events called
/// <c>rejected</c> get 512, a body with an event called <c>poison</c> gets 400, one called <c>shaky</c> gets 555 at first.
/// </summary>
internal sealed class RandomFaultServer(Func<RandomFaultServer.Mood> next) : HttpMessageHandler
{
    private readonly object gate = new();
    private readonly HashSet<string> shaken = [];
    private int inFlight;

    internal enum Mood
    {
        Well,
        Throttled,
        Broken,
        Unavailable,
        DropBefore,
        DropAfter,
        Garbage,
        Unaccounted,
    }

    /// <summary>The ids of the stored events, in order, duplicates included.</summary>
    public List<string> Stored { get; } = [];

    /// <summary>The ids of events that were stored while the response was lost.</summary>
    public HashSet<string> Lost { get; } = [];

    public int MostInFlight { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            MostInFlight = Math.Max(MostInFlight, ++inFlight);
        }

        try
        {
            await Task.Yield();
            byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            lock (gate)
            {
                return Response(JsonDocument.Parse(body).RootElement.GetProperty("d").EnumerateArray().ToArray());
            }
        }
        finally
        {
            lock (gate)
            {
                inFlight--;
            }
        }
    }

    private HttpResponseMessage Response(JsonElement[] records)
    {
        switch (next())
        {
            case Mood.Throttled:
                return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            case Mood.Broken:
                return new HttpResponseMessage(HttpStatusCode.InternalServerError);
            case Mood.Unavailable:
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "0" } } };
            case Mood.DropBefore:
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case Mood.DropAfter:
                Judge(records, responseLost: true);
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case Mood.Garbage:
                Judge(records, responseLost: true);
                return Json("<html>hello</html>");
            case Mood.Unaccounted:
                Judge(records, responseLost: true);
                return Json("""{"status":"success","processed":-1,"unprocessed":[]}""");
            default:
                return Judge(records, responseLost: false);
        }
    }

    private HttpResponseMessage Judge(JsonElement[] records, bool responseLost)
    {
        if (records.Any(record => Name(record) == "poison"))
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest)
            {
                Content = new StringContent("""{"status":"fail","error":"Malformed request","code":400}"""),
            };
        }

        List<string> unprocessed = [];
        for (int i = 0; i < records.Length; i++)
        {
            string id = records[i].GetProperty("evtData").GetProperty("id").GetString()!;
            int? code = Name(records[i]) switch
            {
                "rejected" => 512,
                "shaky" when shaken.Add(id) => 555,
                _ => null,
            };
            if (code is not null)
            {
                unprocessed.Add($$"""{"status":"fail","code":{{code}},"error":"No. Skipped record number : {{i + 1}}"}""");
                continue;
            }

            Stored.Add(id);
            if (responseLost)
            {
                Lost.Add(id);
            }
        }

        string status =
            unprocessed.Count == 0 ? "success"
            : unprocessed.Count == records.Length ? "fail"
            : "partial";
        return Json(
            $$"""{"status":"{{status}}","processed":{{records.Length - unprocessed.Count}},"unprocessed":[{{string.Join(',', unprocessed)}}]}"""
        );
    }

    private static string Name(JsonElement record) => record.GetProperty("evtName").GetString()!;

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
