using System.Net.Sockets;
using Tidemark.Composition;

namespace Tidemark.Service;

/// <summary>Why the service did not start, or ended: for people, and as an exit code.</summary>
internal static class ServiceFailure
{
    private const int Failed = 1;
    private const int Usage = 2;
    private const int Incompatible = 7;

    /// <returns>Null: nobody foresaw it.</returns>
    public static TidemarkException? Of(Exception failure) => failure switch
    {
        TidemarkException known => known,
        IOException { InnerException: { InnerException: SocketException } or SocketException } busy => new TidemarkException(
            ErrorCodes.Usage, $"the service cannot listen: {busy.Message}", "choose another port: 'tidemark serve --listen http://127.0.0.1:PORT'", busy),
        SocketException refused => new TidemarkException(
            ErrorCodes.Usage, $"the service cannot listen: {refused.Message}", "choose another address: 'tidemark serve --listen http://127.0.0.1:PORT'", refused),
        _ => null,
    };

    public static int Tell(TidemarkException failure, TextWriter error)
    {
        error.WriteLine($"error: {CommandLineWords.Of(failure.Message)} [{failure.Code}]");
        error.WriteLine($"  {CommandLineWords.Of(failure.Remedy)}");
        return failure.Kind switch
        {
            ErrorKind.Usage => Usage,
            ErrorKind.Incompatible => Incompatible,
            _ => Failed,
        };
    }
}
