using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Sockets;
using System.Security.Authentication;
using Tidemark.Embedding;

namespace Tidemark.OpenAI;

/// <summary>Says what a failed request means. The key never stands in what it says.</summary>
internal sealed class FaultReader(OpenAIOptions options, TimeProvider clock)
{
    private const string KeyRemedy = "set OPENAI_API_KEY to a key that may use this endpoint; what was committed stays";
    private const string LaterRemedy = "run the same command again later; what was committed stays and is not paid for again";

    private string Host => options.BaseUrl.IsDefaultPort ? options.BaseUrl.Host : options.BaseUrl.Authority;

    /// <exception cref="EmbeddingRequestException"><c>embedding.key-missing</c>: OpenAI itself would refuse.</exception>
    public void RequireKey()
    {
        if (options.Key is null && options.BaseUrl.Host.EndsWith("api.openai.com", StringComparison.OrdinalIgnoreCase))
        {
            throw Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingKeyMissing, $"'{options.Model}' of '{Host}' needs a key, and there is none",
                "set OPENAI_API_KEY, or OPENAI_BASE_URL to a server that needs none");
        }
    }

    public EmbeddingRequestException Of(PipelineResponse response)
    {
        var said = ErrorBody.Read(response, options.Key);
        var what = $"'{Host}' answered {response.Status}{(said.Message.Length > 0 ? $" ({said.Message})" : "")} for '{options.Model}'";
        var retryAfter = RetryAfterHeader.Read(response.Headers, clock);
        return response.Status switch
        {
            401 => Fault(EmbeddingFault.Fatal, ErrorCodes.EmbeddingKey, $"'{Host}' does not take the key: 401", KeyRemedy),
            403 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingKey, $"the key may not use '{options.Model}' of '{Host}': 403", KeyRemedy),
            404 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingModel, what,
                "check the model's name and the base URL, which ends before '/embeddings', most often with '/v1'"),
            >= 300 and < 400 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingEndpoint,
                $"'{Host}' sends requests on elsewhere: {response.Status}{Target(response)}",
                "set OPENAI_BASE_URL to the address that is meant; redirects are not followed, so that no text goes astray"),
            429 when said.IsQuota => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingRateLimited, what, "raise the account's quota, or wait until it is new"),
            429 => Fault(EmbeddingFault.RateLimited, ErrorCodes.EmbeddingRateLimited, what, Slower(), retryAfter),
            408 or 409 or 425 or >= 500 => Fault(
                EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, what, LaterRemedy, retryAfter),
            402 or 405 or 407 or 410 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingEndpoint, what, "check the account and the base URL"),
            _ => Fault(
                EmbeddingFault.Refused, ErrorCodes.EmbeddingRefused, what,
                "see what the provider says of the input; it is sent again once its text has changed, or with --force"),
        };
    }

    public EmbeddingRequestException Of(Exception failure) => failure switch
    {
        _ when Find<AuthenticationException>(failure) is { } untrusted => new EmbeddingRequestException(
            EmbeddingFault.Fatal,
            ErrorCodes.EmbeddingEndpoint,
            $"the certificate of '{Host}' is not trusted: {Clean(untrusted.Message)}",
            "have the certificate's issuer trusted on this machine (SSL_CERT_FILE names one), or correct the base URL",
            failure),
        _ when Find<SocketException>(failure) is { SocketErrorCode: SocketError.HostNotFound } => Network(
            failure, $"there is no host '{Host}'", "check OPENAI_BASE_URL and the network, then run the same command again"),
        OperationCanceledException or TimeoutException => Network(failure, $"'{Host}' did not answer in time", LaterRemedy),
        HttpRequestException or IOException or ClientResultException or AggregateException
            when Find<FileNotFoundException>(failure) is null && Find<FileLoadException>(failure) is null => Network(
            failure, $"the connection to '{Host}' failed: {Clean(Innermost(failure).Message)}", LaterRemedy),
        _ => new EmbeddingRequestException(
            EmbeddingFault.Fatal,
            ErrorCodes.EmbeddingEndpoint,
            $"no request could be made to '{Host}': {Clean(failure.Message)}",
            "check OPENAI_BASE_URL and OPENAI_API_KEY"),
    };

    private static string Slower() =>
        "set 'embedding.requestsPerMinute' and 'embedding.tokensPerMinute' to what the account allows";

    private static string Target(PipelineResponse response) =>
        response.Headers.TryGetValue("Location", out var location) && Uri.TryCreate(location, UriKind.Absolute, out var uri)
            ? $" to '{uri.Scheme}://{uri.Authority}'"
            : "";

    private static EmbeddingRequestException Network(Exception failure, string message, string remedy) =>
        new(EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, message, remedy, failure);

    private static EmbeddingRequestException Fault(
        EmbeddingFault fault, string code, string message, string remedy, TimeSpan? retryAfter = null) =>
        new(fault, code, message, remedy) { RetryAfter = retryAfter };

    private string Clean(string message) => ErrorBody.Clean(message, options.Key);

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception failure) =>
        failure.InnerException is { } inner ? Innermost(inner) : failure;
}
