namespace Tidemark.Composition.Configuration;

/// <summary>
/// Checked values by setting: text, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or texts.
/// </summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public void Set(string path, object value) => _values[path] = value;

    public bool Has(string path) => _values.ContainsKey(path);

    public string? Text(string path) => _values.TryGetValue(path, out var value) ? (string)value : null;

    public long? Integer(string path) => _values.TryGetValue(path, out var value) ? (long)value : null;

    public double? Number(string path) => _values.TryGetValue(path, out var value) ? (double)value : null;

    public bool? Flag(string path) => _values.TryGetValue(path, out var value) ? (bool)value : null;

    public IReadOnlyList<string>? Texts(string path) =>
        _values.TryGetValue(path, out var value) ? (string[])value : null;

    /// <summary>These values, with those of <paramref name="later"/> over them.</summary>
    public SettingValues With(SettingValues later)
    {
        var merged = new SettingValues();
        merged.Put(this);
        merged.Put(later);

        return merged;
    }

    private void Put(SettingValues values)
    {
        foreach (var (path, value) in values._values)
        {
            _values[path] = value;
        }
    }
}
