using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>/1/events.json</c>: returns the events of a name, each with the profile of its user, page by page.</summary>
internal static class EventsEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store) =>
        PagedRead.Handle(request, query => store.BeginRead(ReadKind.Events, query), store.ReadEvents, ReadResponseBody.WriteEvents);
}
