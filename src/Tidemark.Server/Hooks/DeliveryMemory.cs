using System.Security.Cryptography;
using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Server.Hooks;

/// <summary>
/// Which deliveries were taken, kept in the store for a day, so that all servers know and a restart forgets none. One is told by its name
/// and its content; what is remembered is a hash of both.
/// </summary>
internal static class DeliveryMemory
{
    private const string Kind = "hook-delivery";

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>Equal for what is the same delivery, sent again.</summary>
    public static string KeyOf(Hook hook, string id, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{hook.Name}\0{id.Length}\0{id}\0"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static async Task<bool> HasAsync(ITidemarkStore store, string key, CancellationToken cancellationToken) =>
        await store.ServiceEntries.FindAsync(Kind, key, cancellationToken) is not null;

    /// <summary>Once it is in the queue: who is killed before this takes it again, which changes nothing.</summary>
    public static async Task KeepAsync(ITidemarkStore store, string key, DateTimeOffset now) =>
        await store.ServiceEntries.TryAddAsync(new ServiceEntry(Kind, key, "", now, now + KeptFor), CancellationToken.None);
}
