namespace Tidemark.Composition.Configuration;

internal sealed record LimitSettings(long MaxFileBytes = 10_000_000, long MaxLineBytes = 16_000_000);
