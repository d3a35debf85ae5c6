using Microsoft.Extensions.DependencyInjection;

namespace Tidemark;

/// <summary>Finds an index in a container.</summary>
internal static class RegisteredIndex
{
    public static TidemarkIndex Of(IServiceProvider services, object? key) =>
        key is null ? services.GetRequiredService<TidemarkIndex>() : services.GetRequiredKeyedService<TidemarkIndex>(key);

    public static TimeProvider ClockOf(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
