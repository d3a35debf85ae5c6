using Tidemark.Composition.Configuration;

namespace Tidemark.Service;

/// <summary>Asks a service that runs by the same settings whether it lives, for supervisors that can only start a program: <c>tidemark-server health</c>.</summary>
internal static class HealthProbe
{
    public const string Argument = "health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>0: it answers; 1: it does not, or says that it does not live.</returns>
    public static async Task<int> AskAsync(ServiceSettings settings, TextWriter error)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(AddressOf(settings));
            return answer.IsSuccessStatusCode ? 0 : Tell(error, $"it answers {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return Tell(error, e.Message);
        }
    }

    /// <summary>From this very machine, whatever it listens on.</summary>
    internal static Uri AddressOf(ServiceSettings settings)
    {
        var listen = new UriBuilder(settings.Listen.Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://+", "://127.0.0.1", StringComparison.Ordinal));
        if (listen.Host is "0.0.0.0" or "[::]")
        {
            listen.Host = "127.0.0.1";
        }

        return new Uri(listen.Uri, $"{settings.Prefix}/health/live");
    }

    private static int Tell(TextWriter error, string why)
    {
        error.WriteLine($"the service does not answer: {why}");
        return 1;
    }
}
