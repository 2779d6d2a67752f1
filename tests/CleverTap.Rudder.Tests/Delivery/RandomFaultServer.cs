using System.Net;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>
/// A CleverTap server with a given fault for each request, which stores exactly what it accepted. Events with the name <c>rejected</c> get
/// code 512, a request with an event <c>poison</c> gets status 400, and an event <c>shaky</c> gets code 555 the first time.
/// </summary>
internal sealed class RandomFaultServer(Func<RandomFaultServer.Fault> next) : HttpMessageHandler
{
    private readonly object gate = new();
    private readonly HashSet<string> failedOnce = [];
    private int inFlight;

    internal enum Fault
    {
        None,
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

    /// <summary>The ids of events that were stored although the response was lost.</summary>
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
            case Fault.Throttled:
                return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            case Fault.Broken:
                return new HttpResponseMessage(HttpStatusCode.InternalServerError);
            case Fault.Unavailable:
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "0" } } };
            case Fault.DropBefore:
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case Fault.DropAfter:
                Evaluate(records, responseLost: true);
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case Fault.Garbage:
                Evaluate(records, responseLost: true);
                return Json("<html>hello</html>");
            case Fault.Unaccounted:
                Evaluate(records, responseLost: true);
                return Json("""{"status":"success","processed":-1,"unprocessed":[]}""");
            default:
                return Evaluate(records, responseLost: false);
        }
    }

    private HttpResponseMessage Evaluate(JsonElement[] records, bool responseLost)
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
                "shaky" when failedOnce.Add(id) => 555,
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

        string status = Status(unprocessed.Count, records.Length);
        int processed = records.Length - unprocessed.Count;
        return Json($$"""{"status":"{{status}}","processed":{{processed}},"unprocessed":[{{string.Join(',', unprocessed)}}]}""");
    }

    private static string Status(int unprocessed, int count)
    {
        if (unprocessed == 0)
        {
            return "success";
        }

        return unprocessed == count ? "fail" : "partial";
    }

    private static string Name(JsonElement record) => record.GetProperty("evtName").GetString()!;

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
