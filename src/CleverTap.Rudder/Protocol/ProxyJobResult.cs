namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The result of one job of a proxied request.</summary>
/// <param name="Status">The status of the job.</param>
/// <param name="Response">The part of CleverTap's response that concerns the job, as JSON text.</param>
internal readonly record struct ProxyJobResult(int Status, string Response);
