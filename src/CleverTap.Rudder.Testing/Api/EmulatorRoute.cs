using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>A route of CleverTap's API and its handler, which is called after the credentials are checked.</summary>
internal sealed record EmulatorRoute(string Method, string Path, Func<EmulatorRequest, EmulatorStore, EmulatorResponse> Handle);
