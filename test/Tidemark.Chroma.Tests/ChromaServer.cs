using Xunit;

namespace Tidemark.Chroma.Tests;

/// <summary>The real server that the tests ask.</summary>
internal static class ChromaServer
{
    public const string Skipped = "There is no Chroma server: run eng/services, or set TIDEMARK_TEST_CHROMA.";

    private static int _collections;

    public static string? Address => Environment.GetEnvironmentVariable("TIDEMARK_TEST_CHROMA")?.TrimEnd('/');

    public static string Require()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Address), Skipped);
        return Address!;
    }

    /// <summary>Of a collection that no other test uses.</summary>
    public static string NewLocation() =>
        $"chroma:{Require()}/test-{Environment.ProcessId}-{DateTime.UtcNow.Ticks:x}-{Interlocked.Increment(ref _collections)}";

    public static async Task DropAsync(string location)
    {
        var parsed = ChromaLocation.Parse(location);
        using var client = new HttpClient();
        using var answer = await client.DeleteAsync(new Uri(parsed.Server, Collections + parsed.Collection));
    }

    public const string Collections = "api/v2/tenants/default_tenant/databases/default_database/collections/";
}
