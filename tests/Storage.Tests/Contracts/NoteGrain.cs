namespace Chitti.Storage.Tests;

[Alias("chitti.tests.note")]
public interface INoteGrain : IGrainWithGuidKey
{
    [Alias("set")]
    Task SetAsync(string value);

    [Alias("get")]
    Task<string?> GetAsync();
}

[GenerateSerializer]
[Alias("chitti.tests.note-state")]
public sealed class NoteState
{
    [Id(0)]
    public string? Value { get; set; }
}

[GrainType("note")]
internal sealed class NoteGrain([PersistentState("note", "keep")] IPersistentState<NoteState> state) : Grain, INoteGrain
{
    public Task SetAsync(string value)
    {
        state.State.Value = value;
        return state.WriteStateAsync();
    }

    public Task<string?> GetAsync() => Task.FromResult(state.State.Value);
}
