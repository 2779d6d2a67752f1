using System.Text.Json;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>How outcomes and dead letters are serialized, for example by a host's own endpoint.</summary>
public sealed class OutcomeJsonTests
{
    [Test]
    public void Dead_letter_is_serialized_with_the_name_of_its_kind_and_read_back()
    {
        var letter = new DeadLetter
        {
            Id = "17",
            At = DateTimeOffset.UnixEpoch,
            Json = "{}",
            Kind = OutcomeKind.Rejected,
        };

        string json = JsonSerializer.Serialize(letter);

        Assert.That(
            json,
            Does.Contain(
                """
                "Kind":"Rejected"
                """
            )
        );
        Assert.That(JsonSerializer.Deserialize<DeadLetter>(json), Is.EqualTo(letter));
    }

    [Test]
    public void Event_outcome_is_serialized_with_names_of_its_kind_reason_and_error_code()
    {
        var outcome = new EventOutcome
        {
            Index = 0,
            Kind = OutcomeKind.Undelivered,
            FilterReason = FilterReason.HostRule,
            UndeliveredReason = UndeliveredReason.QueueFull,
            Error = new EventError(EventErrorCode.WrongKind, "traits", "", ""),
            Warnings = [new CleverTapWarning(WarningCode.EmptyName, "event", "")],
        };

        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(outcome));

        JsonElement root = json.RootElement;
        Assert.That(
            new[]
            {
                root.GetProperty("Kind").GetString(),
                root.GetProperty("FilterReason").GetString(),
                root.GetProperty("UndeliveredReason").GetString(),
                root.GetProperty("Error").GetProperty("Code").GetString(),
                root.GetProperty("Warnings")[0].GetProperty("Code").GetString(),
            },
            Is.EqualTo(new[] { "Undelivered", "HostRule", "QueueFull", "WrongKind", "EmptyName" })
        );
    }
}
