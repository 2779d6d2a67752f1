using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The destinations of one request's jobs. Nearly always one after the other has the same, to the letter.</summary>
internal sealed class JobDestinations(MappingOptions mapping)
{
    private readonly Dictionary<JsonSlice, JobDestination> known = [];
    private JsonSlice last;
    private JobDestination? lastFound;

    /// <summary>The job's destination, and the job as it is to be transformed: templates of the settings are filled in from the event.</summary>
    public JobDestination Resolve(ref TransformJob job)
    {
        JsonSlice destination = job.Destination;
        if (DynamicConfig.HasTemplates(destination))
        {
            // Filled in from this event, so of no use for the next.
            (JsonSlice message, destination) = DynamicConfig.Resolve(job.Message, job.Metadata, destination);
            job = job with { Message = message };
            return JobDestination.Create(destination, mapping);
        }

        if (lastFound is not null && destination.Equals(last))
        {
            return lastFound;
        }

        if (!known.TryGetValue(destination, out lastFound))
        {
            known.Add(destination, lastFound = JobDestination.Create(destination, mapping));
        }

        last = destination;
        return lastFound;
    }
}
