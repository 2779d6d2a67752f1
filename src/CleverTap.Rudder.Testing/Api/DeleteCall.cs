namespace CleverTap.Rudder.Testing;

/// <summary>
/// <c>POST /1/delete/profiles.json</c>. CleverTap carries it out within 48 hours and the emulator at once: a test need not wait
/// to see it.
/// </summary>
internal static class DeleteCall
{
    public static EmulatorAnswer Answer(EmulatorRequest request, EmulatorStore store)
    {
        JsonValue body = JsonBody.Read(request);
        JsonValue identity = body.Member("identity"u8);
        JsonValue guid = body.Member("guid"u8);
        if (!identity.IsMissing && !guid.IsMissing)
        {
            return EmulatorAnswer.Failure(400, "Either identity or guid is allowed, not both");
        }

        return guid.IsMissing
            ? UserIdList.Answer(identity, ids => store.Delete(UserKeyKind.Identity, ids))
            : UserIdList.Answer(guid, ids => store.Delete(UserKeyKind.ObjectId, ids));
    }
}
