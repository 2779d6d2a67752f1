using System.Text.Json;
using System.Text.Json.Serialization;

namespace TransformerService;

// The protocol's bodies, as the OpenAPI document shows them. The library reads and writes them itself.

/// <summary>The features of the service.</summary>
internal sealed record Features(
    Dictionary<string, bool> RouterTransform,
    string[] Regulations,
    bool SupportSourceTransformV1,
    bool UpgradedToSourceTransformV2,
    bool SupportTransformerProxyV1,
    bool SupportDestTransformCompactedPayloadV1
);

/// <summary>Whether the service is up, and its version.</summary>
internal sealed record Health(string Service, string Version);

/// <summary>An error of the request as a whole.</summary>
internal sealed record ErrorResponse(
    string Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null
);

/// <summary>An event with its metadata and destination.</summary>
internal sealed record ProcessorJob(JsonElement Message, JsonElement Metadata, JsonElement Destination);

/// <summary>A request for CleverTap, or the error of the event.</summary>
internal sealed record ProcessorItem(
    JsonElement? Output,
    JsonElement Metadata,
    int StatusCode,
    string? Error,
    Dictionary<string, string>? StatTags
);

/// <summary>The router's jobs for one kind of destination.</summary>
internal sealed record RouterRequest(string DestType, ProcessorJob[] Input, Dictionary<string, JsonElement>? Destinations);

/// <summary>The router's batches and errors.</summary>
internal sealed record RouterResponse(RouterItem[] Output);

/// <summary>A batch and its jobs, or one job and its error.</summary>
internal sealed record RouterItem(
    JsonElement? BatchedRequest,
    JsonElement[] Metadata,
    bool Batched,
    int StatusCode,
    string? Error,
    Dictionary<string, string>? StatTags,
    JsonElement Destination
);

/// <summary>A request for CleverTap and the metadata of its jobs: one object in version 0, an array in version 1.</summary>
internal sealed record ProxyRequest(
    string Endpoint,
    string Method,
    Dictionary<string, string> Headers,
    JsonElement Body,
    JsonElement Metadata
);

/// <summary>The result of a request to CleverTap.</summary>
internal sealed record ProxyResponse(ProxyOutput Output);

/// <summary>The status of the request.</summary>
/// <remarks>
/// Version 1 has the status of each job in <c>response</c>, version 0 has CleverTap's response in <c>destinationResponse</c>.
/// </remarks>
internal sealed record ProxyOutput(
    int Status,
    string Message,
    ProxyJobResponse[]? Response,
    JsonElement? DestinationResponse,
    Dictionary<string, string>? StatTags
);

/// <summary>The result of one job.</summary>
internal sealed record ProxyJobResponse(string Error, int StatusCode, JsonElement Metadata);

/// <summary>Users to delete.</summary>
internal sealed record DeleteUsersJob(string JobId, string DestType, JsonElement Config, JsonElement[] UserAttributes);

/// <summary>The result of a deletion.</summary>
internal sealed record DeleteUsersItem(int StatusCode, string? Status, string? Error);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Features))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ProcessorJob[]))]
[JsonSerializable(typeof(ProcessorItem[]))]
[JsonSerializable(typeof(RouterRequest))]
[JsonSerializable(typeof(RouterResponse))]
[JsonSerializable(typeof(ProxyRequest))]
[JsonSerializable(typeof(ProxyResponse))]
[JsonSerializable(typeof(DeleteUsersJob[]))]
[JsonSerializable(typeof(DeleteUsersItem[]))]
internal sealed partial class ServiceJson : JsonSerializerContext;
