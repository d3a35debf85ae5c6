using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Guarding;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Http;

/// <summary>One request that was let in, on its way to an answer.</summary>
/// <param name="Context">Of the server.</param>
/// <param name="Service">Whose it is.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Arguments">What is asked, checked.</param>
/// <param name="Ended">When nobody waits for the answer any more, or it takes too long.</param>
internal sealed record Call(HttpContext Context, ServedIndex Service, Caller Caller, CallArguments Arguments, CancellationToken Ended)
{
    public TidemarkIndex Index => Service.Index;

    public ServerOptions Options => Service.Options;

    /// <summary>The namespace that is meant.</summary>
    public required string Namespace { get; init; }

    /// <summary>The id of a document in the path; empty: the route has none.</summary>
    public string Id { get; init; } = "";

    /// <summary>How long the caller would wait for the end of what it starts (RFC 7240); null: it says nothing.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>The path of something else of the API.</summary>
    /// <param name="path">Below the API, without a slash in front.</param>
    /// <param name="more">Parameters, beside the namespace where it was named; those without a value are left out.</param>
    public string LinkTo(string path, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var own = Context.Request.PathBase + Context.Request.Path;
        var api = own.Value!.IndexOf(ServiceRoutes.Api, StringComparison.OrdinalIgnoreCase);
        var link = $"{own.Value[..api]}{ServiceRoutes.Api}/{path}";
        var joint = '?';
        foreach (var (name, value) in (ReadOnlySpan<(string Name, string? Value)>)[(CommonParameters.Namespace.Name, Arguments.Text(CommonParameters.Namespace.Name)), .. more])
        {
            if (value is not null)
            {
                link += $"{joint}{name}={Uri.EscapeDataString(value)}";
                joint = '&';
            }
        }

        return link;
    }

    /// <summary>Answers with one JSON document.</summary>
    public Task AnswerAsync(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var response = Context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        ServiceJson.Write(response.BodyWriter, write);
        return Task.CompletedTask;
    }

    /// <summary>Answers with a result, as the command line prints it.</summary>
    public Task AnswerWithAsync<T>(T result)
        where T : class => AnswerAsync(ResultText.Of(result));
}
