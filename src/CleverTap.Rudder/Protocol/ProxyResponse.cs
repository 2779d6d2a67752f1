using System.Buffers;
using System.Globalization;
using System.Text;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The proxy's answers. Version 0 has one status for all, the HTTP status; version 1 answers 200 and has one status for each job.</summary>
internal static class ProxyResponse
{
    private const string UnknownId = "Non-determininable";

    /// <returns>The HTTP status.</returns>
    public static int WriteV0(IBufferWriter<byte> output, ProxyResult verdict, JsonSlice response, ProxyRequest request)
    {
        output.Write("{\"output\":{\"status\":"u8);
        Number(output, verdict.Status);
        output.Write(",\"message\":"u8);
        Text(output, verdict.Message);
        output.Write(",\"destinationResponse\":{\"response\":"u8);
        output.Write(response.Span);
        output.Write(",\"status\":"u8);
        Number(output, verdict.Http);
        output.Write("}"u8);
        Tags(output, verdict, request);
        output.Write("}}"u8);
        return verdict.Status switch
        {
            >= 200 and < 300 => 200,
            404 => 400,
            _ => verdict.Status,
        };
    }

    /// <returns>The HTTP status: always 200.</returns>
    public static int WriteV1(IBufferWriter<byte> output, ProxyResult verdict, JsonSlice response, ProxyRequest request)
    {
        string told = Encoding.UTF8.GetString(response.Span);
        output.Write("{\"output\":{\"response\":["u8);
        for (int job = 0; job < request.Jobs.Count; job++)
        {
            (int status, string words) = verdict.Jobs?[job] ?? (verdict.Status, told);
            if (job > 0)
            {
                output.Write(","u8);
            }

            output.Write("{\"error\":"u8);
            Text(output, words);
            output.Write(",\"statusCode\":"u8);
            Number(output, status);
            output.Write(",\"metadata\":"u8);
            output.Write(ProcessorResponse.Echo(request.Jobs[job]));
            output.Write("}"u8);
        }

        output.Write("]"u8);
        Tags(output, verdict, request);
        output.Write(",\"message\":"u8);
        Text(output, verdict.Message);
        output.Write(",\"status\":"u8);
        Number(output, verdict.Status);
        output.Write("}}"u8);
        return 200;
    }

    private static void Tags(IBufferWriter<byte> output, ProxyResult verdict, ProxyRequest request)
    {
        if (verdict.ErrorType is null)
        {
            return;
        }

        output.Write(","u8);
        byte[] what = Encoding.UTF8.GetBytes($"\"errorCategory\":\"network\",\"errorType\":\"{verdict.ErrorType}\"");
        StatTags.Write(output, what, "dataDelivery"u8, request.Jobs.Count > 0 ? request.Jobs[0] : default, UnknownId);
    }

    private static void Text(IBufferWriter<byte> output, string text) => output.Write(JsonSlice.FromText(text).Span);

    private static void Number(IBufferWriter<byte> output, int number) =>
        output.Write(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
}
