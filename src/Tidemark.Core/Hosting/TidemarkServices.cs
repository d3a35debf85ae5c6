using Tidemark;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers indexes with a container of services.</summary>
public static class TidemarkServices
{
    /// <summary>
    /// Registers a <see cref="TidemarkIndex"/>, one for the whole container, also as <see cref="ITidemarkIndex"/>:
    /// <c>services.AddTidemark(t =&gt; t.UseSqlite("index.db").UseHashingEmbedder())</c>.
    /// </summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: a store or an embedder is missing.</exception>
    public static IServiceCollection AddTidemark(this IServiceCollection services, Action<TidemarkBuilder> configure)
    {
        var setup = Build(services, configure);
        return services
            .AddSingleton(provider => new TidemarkIndex(setup, provider))
            .AddSingleton<ITidemarkIndex>(provider => provider.GetRequiredService<TidemarkIndex>());
    }

    /// <summary>One of several indexes, which is asked for by its key.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: a store or an embedder is missing.</exception>
    public static IServiceCollection AddTidemark(this IServiceCollection services, object key, Action<TidemarkBuilder> configure)
    {
        var setup = Build(services, configure);
        return services
            .AddKeyedSingleton(key, (provider, _) => new TidemarkIndex(setup, provider))
            .AddKeyedSingleton<ITidemarkIndex>(key, (provider, _) => provider.GetRequiredKeyedService<TidemarkIndex>(key));
    }

    private static TidemarkSetup Build(IServiceCollection services, Action<TidemarkBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new TidemarkBuilder();
        configure(builder);
        return builder.Build();
    }
}
