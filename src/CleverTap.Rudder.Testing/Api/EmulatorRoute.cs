using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>One call of CleverTap's API: where it is, and what answers it once the credentials are right.</summary>
internal sealed record EmulatorRoute(string Method, string Path, Func<EmulatorRequest, EmulatorStore, EmulatorResponse> Handle);
