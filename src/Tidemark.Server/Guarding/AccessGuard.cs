using Microsoft.AspNetCore.Http;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server.Guarding;

/// <summary>Says who sends a request, by its key, and whether one is needed.</summary>
internal sealed class AccessGuard(TidemarkIndex index, ServerOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Where the id of a key that was good stands among the items of a request, also of one that is not let in with it.</summary>
    public static readonly object KeyItem = new();

    /// <summary>Others make keys, so that "there is none" is asked again and again; once there is one, there is for long.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5), NoneKeptFor = TimeSpan.FromMilliseconds(100);

    private readonly RequestLimits _limits = new();
    private readonly TaskCompletionSource<bool> _isLoopback = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (long At, bool Any)? _keys;

    /// <summary>Says whether only this machine itself can reach the server. A request that comes before that is known waits for it.</summary>
    public void Know(bool isLoopback) => _isLoopback.TrySetResult(isLoopback);

    /// <exception cref="HttpProblem">There is no key, or it is not good for this.</exception>
    public async ValueTask<Caller> LetInAsync(HttpRequest request, AccessScope scope, CancellationToken cancellationToken)
    {
        if (scope == AccessScope.None)
        {
            return new Caller(null, AccessScope.None, []);
        }

        var token = TokenOf(request);
        if (token is null && await NeedsNoneAsync(cancellationToken))
        {
            _limits.Take("everybody", options.RequestsPerMinute);
            return Caller.Anybody;
        }

        if (token is null || await index.Keys.FindAsync(token, cancellationToken) is not { } key)
        {
            throw new HttpProblem(
                StatusCodes.Status401Unauthorized,
                "access.key",
                token is null ? "the request has no key" : "the key is not one of this service, has expired or was revoked",
                "send a key: 'Authorization: Bearer KEY'; 'tidemark keys create NAME' makes one");
        }

        request.HttpContext.Items[KeyItem] = key.Id;
        _limits.Take(key.Id, key.RequestsPerMinute ?? 0);
        _limits.Take("everybody", options.RequestsPerMinute);
        await index.Keys.TouchAsync(key.Id, clock.GetUtcNow(), cancellationToken);
        var caller = new Caller(key.Id, key.Scope, key.Namespaces) { TokensPerDay = key.TokensPerDay };
        return caller.Scope >= scope ? caller : throw new HttpProblem(
            StatusCodes.Status403Forbidden,
            "access.scope",
            $"the key '{key.Id}' may {NameOf(caller.Scope)}, and this takes one that may {NameOf(scope)}",
            $"send another key: 'tidemark keys create NAME --scope {NameOf(scope)}' makes one");
    }

    /// <summary>Whether only this machine itself can reach the server.</summary>
    public async ValueTask<bool> IsLoopbackAsync(CancellationToken cancellationToken) => await _isLoopback.Task.WaitAsync(cancellationToken);

    /// <summary>Counts a request of somebody who was let in by something else than a key.</summary>
    /// <param name="name">Who it is.</param>
    /// <param name="perMinute">How many it may send; zero: as many as all together.</param>
    /// <exception cref="HttpProblem">So many are not taken.</exception>
    public void Count(string name, int perMinute)
    {
        _limits.Take(name, perMinute);
        _limits.Take("everybody", options.RequestsPerMinute);
    }

    /// <summary>Whether nobody but people on this machine can reach the service, and none of them made a key yet.</summary>
    public async ValueTask<bool> NeedsNoneAsync(CancellationToken cancellationToken) =>
        options.AllowAnonymous || (await IsLoopbackAsync(cancellationToken) && !await HasKeysAsync(cancellationToken));

    /// <summary>Where nobody has made a key, a service that others can reach would be open to all of them.</summary>
    public async ValueTask<bool> IsGuardedAsync(CancellationToken cancellationToken) =>
        options.AllowAnonymous || await HasKeysAsync(cancellationToken);

    private async ValueTask<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        if (_keys is { } known && clock.GetElapsedTime(known.At) < (known.Any ? KeptFor : NoneKeptFor))
        {
            return known.Any;
        }

        var any = (await index.Keys.ListAsync(cancellationToken)).Count > 0;
        _keys = (clock.GetTimestamp(), any);
        return any;
    }

    public void Dispose() => _limits.Dispose();

    private static string? TokenOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? given[Scheme.Length..].Trim() : null;
    }

    private static string NameOf(AccessScope scope) => scope.ToString().ToLowerInvariant();
}
