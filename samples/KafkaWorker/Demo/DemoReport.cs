using System.Text;
using CleverTap.Rudder.Testing;
using Confluent.Kafka;

namespace KafkaWorker;

/// <summary>Reports what the emulator has stored, and the dead letters.</summary>
internal static class DemoReport
{
    public static void Print(CleverTapEmulator cleverTap, IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> deadLetters, int written)
    {
        int distinct = cleverTap.Events.Select(GetNumber).Distinct().Count();
        Console.WriteLine($"Stored at CleverTap: {distinct:N0} of {written:N0} events, {cleverTap.EventCount - distinct:N0} of them twice");
        Console.WriteLine($"In order for each of the {DemoEvents.Users} users: {(IsInOrder(cleverTap.Events) ? "yes" : "no")}");
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> distinctLetters = [.. deadLetters.DistinctBy(GetPosition)];
        Console.WriteLine($"Dead letters: {distinctLetters.Count}, {deadLetters.Count - distinctLetters.Count} of them twice");
        foreach (ConsumeResult<byte[]?, byte[]?> letter in distinctLetters)
        {
            Console.WriteLine(
                $"  {GetHeader(letter, "outcome")} {GetHeader(letter, "code")}, {GetPosition(letter)}: {GetHeader(letter, "text")}"
            );
        }
    }

    /// <summary>Whether the events of each user arrived in order; repeated deliveries are ignored.</summary>
    public static bool IsInOrder(IEnumerable<StoredEvent> stored) =>
        stored
            .DistinctBy(GetNumber)
            .GroupBy(first => first.Identity)
            .All(user => user.Select(GetNumber).SequenceEqual(user.Select(GetNumber).Order()));

    public static int GetNumber(StoredEvent stored) => stored.Properties["number"].GetInt32();

    public static string GetHeader(ConsumeResult<byte[]?, byte[]?> letter, string name) =>
        letter.Message.Headers.TryGetLastBytes($"clevertap-{name}", out byte[] value) ? Encoding.UTF8.GetString(value) : "";

    private static string GetPosition(ConsumeResult<byte[]?, byte[]?> letter) =>
        $"partition {GetHeader(letter, "partition")} offset {GetHeader(letter, "offset")}";
}
