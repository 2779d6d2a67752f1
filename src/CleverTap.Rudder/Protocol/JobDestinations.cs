using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Caches the destinations of one request. Not thread-safe.</summary>
internal sealed class JobDestinations(MappingOptions mapping)
{
    private readonly Dictionary<JsonSlice, JobDestination> cache = [];
    private JsonSlice lastJson;
    private JobDestination? lastDestination;

    /// <summary>Returns the destination of a job, and replaces the job's message if its settings contain templates.</summary>
    public JobDestination Resolve(ref TransformJob job)
    {
        JsonSlice json = job.Destination;

        // Consecutive jobs nearly always have the same destination, byte by byte.
        if (lastDestination is not null && json.Equals(lastJson))
        {
            return lastDestination;
        }

        if (DynamicConfig.HasTemplates(json))
        {
            // The result depends on the event, so it is not cached.
            bool isValid = job.IsMessageValid;
            (JsonSlice message, JsonSlice resolved) = DynamicConfig.Resolve(isValid ? job.Message : default, job.Metadata, json);
            job = isValid ? job with { Message = message } : job;
            return JobDestination.Create(resolved, mapping);
        }

        if (!cache.TryGetValue(json, out lastDestination))
        {
            cache.Add(json, lastDestination = JobDestination.Create(json, mapping));
        }

        lastJson = json;
        return lastDestination;
    }
}
