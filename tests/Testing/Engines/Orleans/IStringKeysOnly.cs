namespace AwoooP.Testing;

/// <summary>What Orleans' factory has beside the platform's grains, whose keys are strings; for the doubles of it.</summary>
public interface IStringKeysOnly : IGrainFactory
{
    TGrain IGrainFactory.GetGrain<TGrain>(Guid primaryKey, string? grainClassNamePrefix) => throw OtherKey();

    TGrain IGrainFactory.GetGrain<TGrain>(long primaryKey, string? grainClassNamePrefix) => throw OtherKey();

    TGrain IGrainFactory.GetGrain<TGrain>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix) => throw OtherKey();

    TGrain IGrainFactory.GetGrain<TGrain>(long primaryKey, string keyExtension, string? grainClassNamePrefix) => throw OtherKey();

    TObserver IGrainFactory.CreateObjectReference<TObserver>(IGrainObserver obj) => throw OtherKey();

    void IGrainFactory.DeleteObjectReference<TObserver>(IGrainObserver obj) => throw OtherKey();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw OtherKey();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw OtherKey();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) => throw OtherKey();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) => throw OtherKey();

    TGrain IGrainFactory.GetGrain<TGrain>(GrainId grainId) => throw OtherKey();

    IAddressable IGrainFactory.GetGrain(GrainId grainId) => throw OtherKey();

    IAddressable IGrainFactory.GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => throw OtherKey();

    IAddressable IGrainFactory.GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) => throw OtherKey();

    IAddressable IGrainFactory.GetGrain(Type interfaceType, IdSpan grainKey) => throw OtherKey();

    private static NotSupportedException OtherKey() => new("The platform's grains have string keys.");
}
